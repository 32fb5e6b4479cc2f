@NullMarked
package dev.latchkey.standins.providers;

import org.jspecify.annotations.NullMarked;
