package dev.latchkey.pnl.topology;

/** Where fills and books are kept, and who holds what. */
record Ledger(FillStore fills, BookStore books, Holders holders) {}
