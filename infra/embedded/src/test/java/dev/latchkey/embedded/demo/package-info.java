@NullMarked
package dev.latchkey.embedded.demo;

import org.jspecify.annotations.NullMarked;
