@NullMarked
package dev.latchkey.standins;

import org.jspecify.annotations.NullMarked;
