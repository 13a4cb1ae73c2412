"""Arithmetic of trees: arrays in, arrays out. Knows nodes, parents, rows and grades, and not one business word.

* A *node* is an index. Every parent has a smaller index than its children, so a pass from the last node to the first
  meets all children before their parent, whatever the shape: no recursion, no limit of depth.
* *Figures* are an int64 matrix `[row, node]`. A row is either *own* (given from outside) or a *column*: what children
  *give* to their parent, added up (or the largest kept).
* `gives` is a pure function of one node's figures, flags and grade. The pass over everything and the climb of one
  change use the same function, so what is kept true equals what is computed afresh.
* A *value* is read from a node's figures; a *ladder* of conditions on values makes a node's *grade*.

Kernels are fixed source compiled by numba and cached; which columns there are is data (`Program`). All arithmetic is
on integers. IO is nowhere in here.
"""
