@NullMarked
package dev.latchkey.api;

import org.jspecify.annotations.NullMarked;
