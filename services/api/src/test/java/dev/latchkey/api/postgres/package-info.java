@NullMarked
package dev.latchkey.api.postgres;

import org.jspecify.annotations.NullMarked;
