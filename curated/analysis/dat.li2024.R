# Makes dat.li2024.rda from dat.li2024.csv.
dat.li2024 <- read.csv("dat.li2024.csv", na.strings = "")
save(dat.li2024, file = "dat.li2024.rda", version = 2, compress = "xz")
