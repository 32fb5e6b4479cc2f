/** One story, played through the whole system and checked. */
@NullMarked
package dev.latchkey.embedded.demo;

import org.jspecify.annotations.NullMarked;
