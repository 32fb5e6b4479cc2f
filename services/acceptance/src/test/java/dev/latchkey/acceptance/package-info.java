@NullMarked
package dev.latchkey.acceptance;

import org.jspecify.annotations.NullMarked;
