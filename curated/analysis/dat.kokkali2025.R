# Makes dat.kokkali2025.rda from dat.kokkali2025.csv.
dat.kokkali2025 <- read.csv("dat.kokkali2025.csv", na.strings = "")
save(dat.kokkali2025, file = "dat.kokkali2025.rda", version = 2, compress = "xz")
