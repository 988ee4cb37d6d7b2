/**
 * The OpenAPI document and Swagger UI. Start reading at {@code OpenApiConfiguration}. The descriptions of the operations are in
 * the interfaces that the controllers implement, such as {@code ListenerApi}.
 */
@NullMarked
package dev.canyon.api.openapi;

import org.jspecify.annotations.NullMarked;
