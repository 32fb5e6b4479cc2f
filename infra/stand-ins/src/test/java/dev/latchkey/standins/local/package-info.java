@NullMarked
package dev.latchkey.standins.local;

import org.jspecify.annotations.NullMarked;
