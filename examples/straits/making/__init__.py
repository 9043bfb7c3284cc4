"""How the files of the fictional case are made; `make.py` beside this folder is the way in."""
