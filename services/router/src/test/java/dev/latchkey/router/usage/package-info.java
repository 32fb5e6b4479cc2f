@NullMarked
package dev.latchkey.router.usage;

import org.jspecify.annotations.NullMarked;
