"""Suite: how well a bundle reads everything that is at hand, beside the usual way of reading.

paper.py        strokes and small pictures put on paper
sets.py         a set of pictures, and the sets of digits
ladder.py       the same digits damaged in fifteen ways, five times as strongly each time
signs.py        things that are no digit, drawn here
others.py       the sets of what is no digit
ways.py         the two ways of reading: the whole pipeline, and the usual one
answers.py      what a way said of a set, kept so that a suite that was stopped goes on
figures.py      a figure with its interval: shares, calibration error, AUROC
run.py          the story: everything is shown to both ways and measured
results.py      answers become figures, as JSON
page.py         docs/accuracy.md from that JSON
tables.py       its tables
reliability.py  its diagram
ablation.py     what each ingredient of the training brought
"""
