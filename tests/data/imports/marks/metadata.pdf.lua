-- an older device
return {
    ["bookmarks"] = {
        [1] = { ["datetime"] = "2020-05-06 07:08:09", ["highlighted"] = true, ["notes"] = "The wall was built for a sea.", ["page"] = 12, ["text"] = "A note of mine" },
        [2] = { ["datetime"] = "2020-05-06 07:09:09", ["highlighted"] = true, ["notes"] = "A second wall.", ["page"] = 13, ["text"] = "Page 13 A second wall. @ 2020-05-06 07:09:09" },
    },
    ["highlight"] = {
        [12] = { [1] = { ["chapter"] = "Stone", ["datetime"] = "2020-05-06 07:08:09", ["drawer"] = "lighten", ["text"] = "The wall was built for a sea." } },
        [13] = { [1] = { ["datetime"] = "2020-05-06 07:09:09", ["drawer"] = "lighten", ["text"] = "A second wall." } },
    },
    ["stats"] = { ["authors"] = "Ada Marsh", ["title"] = "The Sea Wall (old)", ["pages"] = 30 },
}
