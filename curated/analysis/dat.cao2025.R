# Makes dat.cao2025.rda from dat.cao2025.csv.
dat.cao2025 <- read.csv("dat.cao2025.csv", na.strings = "")
save(dat.cao2025, file = "dat.cao2025.rda", version = 2, compress = "xz")
