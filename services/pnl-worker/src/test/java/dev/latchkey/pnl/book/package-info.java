@NullMarked
package dev.latchkey.pnl.book;

import org.jspecify.annotations.NullMarked;
