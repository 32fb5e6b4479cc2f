@NullMarked
package dev.latchkey.sealing.caching;

import org.jspecify.annotations.NullMarked;
