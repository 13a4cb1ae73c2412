"""A cycle as the engines see it: its figures, orders, trees and words, and where somebody stands in it."""
