import gc

gc.disable()
ham = {"name": "ham"}
eggs = {"name": "eggs"}
ham["with"] = eggs
eggs["with"] = ham
del ham
del eggs
found = gc.collect()
gc.enable()
