-- we can read Lua syntax here!
return {
    ["bookmarks"] = {
        [1] = {
            ["chapter"] = "Stein",
            ["datetime"] = "2021-05-06 07:08:09",
            ["highlighted"] = true,
            ["notes"] = "Die Mauer wurde für ein Meer gebaut.",
            ["page"] = "/body/DocFragment[3]/body/p[2]/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p[2]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[2]/text().36",
            ["text"] = "Seite 12 Die Mauer wurde für ein Meer gebaut. @ 2021-05-06 07:08:09",
        },
        [2] = {
            ["datetime"] = "2021-05-06 07:09:09",
            ["highlighted"] = true,
            ["notes"] = "Eine zweite Mauer ist geplant.",
            ["page"] = "/body/DocFragment[3]/body/p[4]/text().0",
            ["text"] = "Page turner, really!",
        },
        [3] = {
            ["datetime"] = "2021-05-06 07:10:09",
            ["notes"] = "in Stein",
            ["page"] = "/body/DocFragment[3]/body/p[5]/text().0",
            ["text"] = "Seite 14 in Stein @ 2021-05-06 07:10:09",
        },
    },
    ["doc_props"] = {
        ["authors"] = "Ada Marsh",
        ["language"] = "de",
        ["title"] = "Die Mauer",
    },
    ["highlight"] = {
        [12] = {
            [1] = {
                ["chapter"] = "Stein",
                ["datetime"] = "2021-05-06 07:08:09",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/DocFragment[3]/body/p[2]/text().0",
                ["pos1"] = "/body/DocFragment[3]/body/p[2]/text().36",
                ["text"] = "Die Mauer wurde für ein Meer gebaut.",
            },
        },
        [13] = {
            [1] = {
                ["datetime"] = "2021-05-06 07:09:09",
                ["drawer"] = "lighten",
                ["text"] = "Eine zweite Mauer ist geplant.",
            },
        },
    },
}
