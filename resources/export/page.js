"use strict";
(() => {
  const main = document.getElementById("main");
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const kind = document.querySelector("article.alone") ? "pieces" : "articles";
  const only = document.getElementById("only");
  const nothing = document.getElementById("nothing");
  const boxes = [...document.querySelectorAll("#themes input")];
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const articles = [...document.querySelectorAll("article")].map((element) => ({ element, words: null }));
  // A group goes when all that stands under it, in the groups below it too, is hidden.
  const level = (group) => Number(group.querySelector("h2, h3, h4, h5, h6").localName.slice(1));
  const groups = [...document.querySelectorAll("main > header.group")].map((element) => ({ element, members: under(element) }));
  const paints = typeof Highlight === "function" && CSS.highlights;
  const MOST = 2000; // words painted at once: a page stays quick with any library
  const ranges = []; // where the words were found, in the order of the page
  const numbers = (element) => (element.dataset.t || "").split(" ").filter(Boolean);

  function under(group) {
    const members = [];
    for (let next = group.nextElementSibling; next; next = next.nextElementSibling) {
      if (next.matches("header.group") && level(next) <= level(group)) break;
      if (next.localName === "article") members.push(next);
    }
    return members;
  }

  // As the program searches: without case, without accents, whatever the quotation marks and dashes look like.
  const SIGNS = [[/[‘’‛ʼ´＇]/g, "'"], [/[“”„‟«»＂]/g, '"'], [/[‐‑‒–—―−]/g, "-"]];
  const fold = (text) => SIGNS.reduce(
    (folded, [signs, sign]) => folded.replace(signs, sign), text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase().replace(/ß/g, "ss"));
  // What others wrote; the page's own labels are none of it.
  const READ = [".title", ".source > :is(.outlet, .byline, .date, .address)", ".label", ".attribute", ".author", ".text p:not(.labels)",
    ...["li", "h3", "h4", "h5", "h6", "td", "th"].map((tag) => `.text ${tag}`), "pre", ".note p", ".note li", "blockquote p"].join();
  // Words, and what stands between quotation marks as one.
  const asked = (query) => [...fold(query).matchAll(/"([^"]+)"?|[^\s"]+/g)].map(([word, phrase]) => (phrase ?? word).trim()).filter(Boolean);
  const wordsOf = (article) => (article.words ??= fold([...article.element.querySelectorAll(READ)].map((block) => block.textContent).join("\n")));

  function chosen() {
    const picked = boxes.filter((box) => box.checked);
    return picked.length ? new Set(picked.flatMap((box) => box.value.split(" "))) : null;
  }

  // A theme that is not chosen gives up its colour, so every passage shows the chosen ones only.
  function colour(themes) {
    const all = new Set(boxes.flatMap((box) => box.value.split(" ")));
    for (const number of all) {
      const hidden = themes && !themes.has(number);
      for (const name of [`--l${number}`, `--w${number}`]) {
        if (hidden) main.style.setProperty(name, "transparent");
        else main.style.removeProperty(name);
      }
    }
  }

  function show() {
    const themes = chosen();
    const query = asked(find.value);
    const has = (element) => !themes || numbers(element).some((number) => themes.has(number));
    colour(themes);
    main.classList.toggle("only-marked", Boolean(only && only.checked));
    let shown = 0;
    for (const article of articles) {
      const visible = has(article.element) && query.every((word) => wordsOf(article).includes(word));
      article.element.hidden = !visible;
      const link = links.get(article.element.id);
      if (link) link.parentElement.hidden = !visible;
      if (!visible) continue;
      shown += 1;
      for (const part of article.element.querySelectorAll(".card, figure")) part.classList.toggle("off", !has(part));
      for (const row of article.element.querySelectorAll(".row")) {
        row.classList.toggle("off", Boolean(only && only.checked) && !has(row));
      }
    }
    for (const group of groups) group.element.hidden = group.members.length > 0 && group.members.every((one) => one.hidden);
    nothing.hidden = shown > 0 || !articles.length;
    const matches = paint(query);
    const filtered = query.length || themes;
    const times = query.length && paints ? `, ${matches < MOST ? matches : `${MOST} and more`} ${matches === 1 ? "time" : "times"}` : "";
    found.textContent = filtered ? `${shown} of ${articles.length} ${kind}${shown ? times : ""}` : "";
  }

  // Folded text of one node, and for each of its letters where it stands in the node.
  function foldedNode(node) {
    let text = "";
    const places = [];
    let place = 0;
    for (const letter of node.data) {
      const plain = fold(letter);
      text += plain;
      for (let count = plain.length; count > 0; count -= 1) places.push(place);
      place += letter.length;
    }
    places.push(place);
    return { node, text, places };
  }

  function paint(query) {
    if (!paints) return 0;
    CSS.highlights.delete("found");
    ranges.length = 0;
    if (!query.length) return 0;
    for (const { element } of articles) {
      if (element.hidden || ranges.length >= MOST) continue;
      for (const block of element.querySelectorAll(READ)) {
        rangesIn(block, query);
        if (ranges.length >= MOST) break;
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
    return ranges.length;
  }

  // A word may lie across the edge of a mark: the block is searched as a whole and cut back into its nodes.
  function rangesIn(block, query) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const parts = [];
    let text = "";
    while (walker.nextNode()) {
      if (block.localName === "li" && walker.currentNode.parentElement.closest("li") !== block) continue;
      const part = foldedNode(walker.currentNode);
      parts.push({ ...part, start: text.length });
      text += part.text;
    }
    const at = (place, isEnd) => {
      const part = parts.find(({ start, text: own }) => place < start + own.length || (isEnd && place === start + own.length));
      return [part.node, part.places[place - part.start]];
    };
    for (const word of query) {
      for (let place = text.indexOf(word); place >= 0 && ranges.length < MOST; place = text.indexOf(word, place + word.length)) {
        const range = document.createRange();
        range.setStart(...at(place, false));
        range.setEnd(...at(place + word.length, true));
        ranges.push(range);
      }
    }
  }

  function all() {
    find.value = "";
    boxes.forEach((box) => { box.checked = false; });
    show();
  }

  // A link to what is hidden now shows everything first.
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const article = target && target.closest("article");
    if (article && article.hidden) {
      all();
      target.scrollIntoView();
    }
  }

  function step(by) {
    const marks = [...main.querySelectorAll("article:not([hidden]) mark[id], article:not([hidden]) figure:not(.off)")]
      .filter((mark) => mark.offsetParent !== null);
    if (!marks.length) return;
    const here = marks.findIndex((mark) => mark.classList.contains("here"));
    const next = here < 0 ? marks.findIndex((mark) => mark.getBoundingClientRect().top > 0) : here + by;
    const target = marks[(next + marks.length) % marks.length];
    marks.forEach((mark) => mark.classList.toggle("here", mark === target));
    target.scrollIntoView({ block: "center" });
  }

  let waiting = 0;
  let last = -1;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
    last = -1;
  });
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !ranges.length) return;
    last = (last + (event.shiftKey ? -1 : 1) + ranges.length) % ranges.length;
    ranges[last].startContainer.parentElement.scrollIntoView({ block: "center" });
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  if (only) only.addEventListener("change", show);
  document.getElementById("all").addEventListener("click", all);
  addEventListener("hashchange", arrive);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && (find.value || chosen())) all();
    if (/^(input|textarea|select)$/i.test(event.target.localName) && event.target.type !== "checkbox") return;
    if (event.key === "/") { event.preventDefault(); find.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = links.get(target.id);
      if (!link) continue;
      if (isIntersecting) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-30% 0px -65% 0px" });
  articles.forEach(({ element }) => watch.observe(element));
  show();
})();
