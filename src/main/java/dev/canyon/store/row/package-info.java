/** Rows and the JSON in them. Start reading at {@link dev.canyon.store.row.Row}. */
@NullMarked
package dev.canyon.store.row;

import org.jspecify.annotations.NullMarked;
