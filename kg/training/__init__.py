"""Training of the learned relation extractor; needs the extra ``kg[training]``. Nothing at run time imports this."""
