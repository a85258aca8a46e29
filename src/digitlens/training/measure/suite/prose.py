"""Prose: the sentences of the page, around its tables."""

INTRODUCTION = """# Accuracy

```sh
digitlens evaluate --suite     # measures again, and writes this page with its JSON and its diagrams
```

How well the shipped model ({model}) reads {pictures:,} pictures, as its LiteRT file answers
through the whole program, and beside it the **usual way**: the same network, shown the picture
simply resized to 28×28 and inverted where most of it is light, with the softmax as its
confidence. So the second column says what the preparation is worth. None of these pictures was
trained on or chosen by. In brackets stands the 95 % interval; all figures are in
[accuracy.json](accuracy.json) as well."""

LADDER = """## Damaged digits

{digits:,} digits, half of them from MNIST's test set and half from the pen strokes, dark grey on
light grey paper of 140×140 pixels, each damaged in fifteen ways. Up to a strength of 0.6 a person
reads them without effort; at 1.0 they are hard, some of them a matter of luck. Strength 1.0 is
grain of 75 grey levels, a blur of a twelfth of the digit, a tenth of the ink's contrast, a turn
of 45 degrees, a slant of 0.9 of the height, an eighth of the size, a tenth of the digit beyond
the edge, lines a tenth of the digit thicker or of three tenths of their width, 14 % of specks,
ruled lines 0.8 as dark as the ink, a sticker over a third of the digit, JPEG of quality 2, and a
digit of 8 pixels enlarged. What each does is written in
[corrupt.py](../src/digitlens/training/data/corrupt.py). Direction and place belong to the digit
and stay from strength to strength."""

OTHERS = """## What is no digit

Letters of two alphabets that were never trained on (Katakana and Early Aramaic of Omniglot),
drawn with the pens of the strokes above, and signs that this program draws by other rules than
those in training. Letters that a digit may look like are counted apart: to read one as a digit is
not always a mistake.

- *AUROC* is the probability that a digit of the pen strokes has a higher score than such a
  picture; 0.5 would be chance. The score is the confidence that a reading gives publicly: of
  every glyph that it found, also of those it takes for no digit, and multiplied where there are
  several. Where it found no ink at all, the score is 0.
- *Own thresholds*: given out with the status `read`, neither `unsure` nor `not_a_digit`. The
  usual way always reads.
- *99 % of digits kept*: the share with a score as high as that of 99 % of the pen strokes."""

SURE = """## How sure it is

The calibration error is how far confidence and accuracy are apart on average, in 15 bins of what
was given out as digits. In the diagrams each mark is a bin, its line the interval of the share
read right. On the dotted line confidence means what it says; below it the network is too sure.
Bins of fewer than ten readings are left out."""

HOW = """## How it is measured

- *Read right*: the text is exactly the one digit. Two digits instead of one, none, or a digit
  taken for none are wrong.
- *Wrong and over 0.9 sure*: of all pictures of the set, those that got another text with a
  confidence over 0.9.
- *Intervals*: those of shares are Wilson's (1927); those of calibration error, AUROC and means
  come from drawing the pictures again 400 times. They say how far chance in the choice of
  pictures goes, as if each were somebody else's; that six people wrote all the strokes, they
  cannot say.
- *Pictures* are made when they are needed and are the same in every run. A suite that was stopped
  goes on where it was."""
