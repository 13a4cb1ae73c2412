"""People: who they are, how they are reached, and whether they take part.

A *person* is a distributor, who can sponsor, or a customer, who only buys. Her *code* is the company's own name for
her; her number in the database is ours and is never shown. The *company node* is a person row that only holds a tree
with several roots together: nobody sees it, it earns nothing.

Invariants: a code names one person for ever, nobody is deleted, a phone number is stored in E.164.
"""
