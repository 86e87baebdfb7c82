/**
 * For: bytes that are too many for the State: image layers and manifests, named by their digest.
 *
 * <p>Holds: the store on a local disk and the one in S3-compatible objects, uploads in progress,
 * and what is kept from being collected.
 *
 * <p>Doors: {@link dev.longshore.server.blob.BlobStore}, {@link
 * dev.longshore.server.blob.DiskBlobStore}, {@link dev.longshore.server.blob.ObjectBlobStore} with
 * {@link dev.longshore.server.blob.ObjectStore}, {@link dev.longshore.server.blob.Digest}, {@link
 * dev.longshore.server.blob.Upload}, {@link dev.longshore.server.blob.BlobFiles} with {@link
 * dev.longshore.server.blob.MasterKey}.
 *
 * <p>Threads: any, and they block on the disk or the object store; an upload is written by one at a
 * time, while virtual threads of its own hash, and force or send what came before.
 */
@NullMarked
package dev.longshore.server.blob;

import org.jspecify.annotations.NullMarked;
