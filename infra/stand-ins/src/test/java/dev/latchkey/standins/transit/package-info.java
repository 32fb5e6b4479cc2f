@NullMarked
package dev.latchkey.standins.transit;

import org.jspecify.annotations.NullMarked;
