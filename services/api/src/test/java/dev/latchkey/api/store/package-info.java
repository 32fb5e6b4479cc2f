@NullMarked
package dev.latchkey.api.store;

import org.jspecify.annotations.NullMarked;
