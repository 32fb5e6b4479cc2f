@NullMarked
package dev.latchkey.api.providers;

import org.jspecify.annotations.NullMarked;
