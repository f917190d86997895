"""The papers: numbers, frozen facts, exact bytes, public codes and their verification."""
