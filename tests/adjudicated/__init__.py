"""Findings on papers of others, judged by eye: how often a finding is the paper's own contradiction.

`<file>.csv` has the findings, notes apart, of `doubletake check <file>.pdf` over the papers of DOUBLETAKE_CORPUS, those
of earlier versions included. Each was compared with the page, those of the first version by people who did not write
the checks, and most before their message was read; later ones by the writers of the checks. `verdict`: `paper` (the
paper contradicts itself; of a doubt in our reading: the doubt is justified), `reading` (we misread the page), `false`
(no contradiction, or a needless doubt), `unclear`.
"""
