"""Documents: read safely, understood, cut into passages, found again, and turned into questions' material.

    bytes -> documents (lines with page and number) -> cv, job -> match -> material (grounded questions)
                                                    -> passages -> index (vectors and words) -> retrieval

Does not: store anything (`mulakat.store.papers` does, behind a protocol of `index`), decide what is
asked (`interview`), or call a language model that writes; embeddings are all it asks of one.
"""
