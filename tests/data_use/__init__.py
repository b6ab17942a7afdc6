"""No dead data: everything stored can be asked for, everything written is used."""
