import io
import pickle

n = 5000
rows = [[f"row {i}", i] for i in range(n)]
file = io.BytesIO()
pickler = pickle.Pickler(file)
pickler.dump(rows)
size = file.tell()
del rows
pickler.clear_memo()
del pickler
del file
