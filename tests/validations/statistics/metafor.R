# Pools the cases of metafor_cases.csv with R's metafor, and computes intervals of proportions with R itself.
# Rscript metafor.R metafor_cases.csv OUT.csv
suppressPackageStartupMessages(library(metafor))
where <- commandArgs(trailingOnly = TRUE)
cases <- read.csv(where[1], stringsAsFactors = FALSE)
out <- list()

note <- function(case, measure, method, quantity, value, study = "") {
  out[[length(out) + 1]] <<- data.frame(case, measure, method, quantity, study, value = sprintf("%.12g", value))
}

close <- list(threshold = 1e-10, tol = 1e-12, maxiter = 10000, tau2.max = 1000)

pooled <- function(case, measure, method, fit) {
  note(case, measure, method, "effect", as.numeric(fit$b))
  note(case, measure, method, "error", fit$se)
  note(case, measure, method, "low", fit$ci.lb)
  note(case, measure, method, "high", fit$ci.ub)
  note(case, measure, method, "q", fit$QE)
  note(case, measure, method, "p", fit$QEp)
  if (!is.null(fit$tau2) && method != "MH" && method != "Peto") {
    note(case, measure, method, "tau2", fit$tau2)
    note(case, measure, method, "i2 of tau2", fit$I2)
  }
  weights <- weights(fit)
  for (i in seq_along(weights)) note(case, measure, method, "weight", weights[i], i)
}

effects <- function(case, measure, data) {
  for (i in seq_len(nrow(data))) {
    note(case, measure, "", "yi", data$yi[i], i)
    note(case, measure, "", "vi", data$vi[i], i)
  }
}

random <- function(case, measure, data) {
  effects(case, measure, data)
  for (method in c("FE", "DL", "PM", "REML"))
    pooled(case, measure, method, rma(yi, vi, data = data, method = method, control = close))
  pooled(case, measure, "DL HK", rma(yi, vi, data = data, method = "DL", test = "knha"))
}

for (name in unique(cases$case)) {
  data <- cases[cases$case == name, ]
  if (data$kind[1] == "proportions") {
    for (measure in c("PR", "PLN", "PLO", "PAS", "PFT")) {
      add <- if (measure %in% c("PAS", "PFT")) 0 else 1/2
      random(name, measure, escalc(measure, xi = a, ni = n, data = data, add = add, to = "only0"))
    }
    for (i in seq_len(nrow(data))) {
      x <- data$a[i]; n <- data$n[i]
      exact <- binom.test(x, n)$conf.int
      score <- suppressWarnings(prop.test(x, n, correct = FALSE)$conf.int)
      corrected <- suppressWarnings(prop.test(x, n, correct = TRUE)$conf.int)
      for (end in 1:2) {
        quantity <- c("low", "high")[end]
        note(name, "interval", "Clopper-Pearson", quantity, exact[end], i)
        note(name, "interval", "Wilson", quantity, score[end], i)
        if (x / n != 0.5) note(name, "interval", "Wilson with continuity correction", quantity, corrected[end], i)
      }
    }
    fit <- rma(measure = "PFT", xi = a, ni = n, data = data, method = "DL")
    back <- predict(fit, transf = transf.ipft.hm, targs = list(ni = data$n))
    note(name, "PFT", "DL", "back effect", back$pred)
    note(name, "PFT", "DL", "back low", back$ci.lb)
    note(name, "PFT", "DL", "back high", back$ci.ub)
  } else if (data$kind[1] == "arms") {
    full <- with(data, all(a > 0, c > 0, a < n, c < m)) # the variance of RD with an empty cell: each program has its own
    for (measure in c("OR", "RR", if (full) "RD", "PETO")) {
      add <- if (measure %in% c("RD", "PETO")) 0 else 1/2
      random(name, measure, escalc(measure, ai = a, n1i = n, ci = c, n2i = m, data = data, add = add, to = "only0"))
    }
    for (measure in c("OR", "RR", "RD"))
      pooled(name, measure, "MH", rma.mh(ai = a, n1i = n, ci = c, n2i = m, data = data, measure = measure,
                                         correct = FALSE, add = c(1/2, 0), to = c("only0", "none")))
    pooled(name, "PETO", "Peto", rma.peto(ai = a, n1i = n, ci = c, n2i = m, data = data, add = c(1/2, 0),
                                          to = c("only0", "none")))
  } else {
    for (measure in c("MD", "SMD"))
      random(name, measure, escalc(measure, m1i = mean, sd1i = sd, n1i = n, m2i = mean2, sd2i = sd2, n2i = m,
                                   data = data))
  }
}
write.csv(do.call(rbind, out), where[2], row.names = FALSE, quote = FALSE)
