-- we can read Lua syntax here!
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Stone",
            ["color"] = "yellow",
            ["datetime"] = "2024-05-06 07:08:09",
            ["drawer"] = "lighten",
            ["note"] = "But *whose*?\
And why \"now\"?",
            ["page"] = "/body/DocFragment[3]/body/p[2]/text().0",
            ["pageno"] = 12,
            ["pos0"] = "/body/DocFragment[3]/body/p[2]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[2]/text().29",
            ["text"] = "The wall was built for a sea.",
        },
        [2] = {
            ["datetime"] = "2024-05-06 07:08:10",
            ["page"] = "/body/DocFragment[4]/body/p[1]/text().0",
            ["text"] = "a page mark",
        },
        [3] = {
            ["color"] = "red",
            ["datetime"] = "2024-05-06 07:08:11",
            ["drawer"] = "underscore",
            ["page"] = "/body/DocFragment[4]/body/p[1]/text().0",
            ["pageno"] = 13,
            ["text"] = "مرحبا (UAV) بالعالم 👩‍👩‍👧",
        },
    },
    ["doc_path"] = "/mnt/us/wall.epub",
    ["doc_props"] = {
        ["authors"] = "Ada Marsh",
        ["language"] = "en",
        ["title"] = "The Sea Wall",
    },
    ["percent_finished"] = 0.25,
    ["summary"] = { ["status"] = "reading", },
}
