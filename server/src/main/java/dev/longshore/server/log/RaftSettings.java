package dev.longshore.server.log;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** What we set of Ratis' many knobs; the defaults of most suit servers with much more memory. */
final class RaftSettings {
  private static final TimeDuration NEVER = TimeDuration.valueOf(1000, TimeUnit.DAYS);
  private static final SizeInBytes SEGMENT = SizeInBytes.valueOf("8MB");
  // One part and what Ratis wraps it in must fit; several small entries travel together.
  private static final SizeInBytes BATCH = SizeInBytes.valueOf("2MB");
  private static final SizeInBytes WRITE_BUFFER = SizeInBytes.valueOf(2 * 1024 * 1024 + 8);

  private RaftSettings() {}

  static RaftProperties of(RaftLogConfig config) {
    RaftProperties properties = new RaftProperties();
    storage(properties, config);
    limits(properties);
    if (config.isAlone()) {
      alone(properties);
    } else {
      group(properties, config);
    }
    return properties;
  }

  private static void storage(RaftProperties properties, RaftLogConfig config) {
    RaftServerConfigKeys.setStorageDir(properties, List.of(config.directory().toFile()));
    RaftServerConfigKeys.setRemovedGroupsDir(
        properties, config.directory().resolve("removed").toFile());
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SEGMENT);
    // Each start begins a segment, so a large preallocation would be paid at every start.
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1MB"));
    // Notes of the commit index double the number of entries and fsyncs. Without them a restarted
    // node learns from the leader (or, alone, from its own election) what is durable.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    // Snapshots are taken by RaftLog, beside the writer; it also purges what they replace.
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
  }

  private static void limits(RaftProperties properties) {
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("16MB"));
    RaftServerConfigKeys.Log.setWriteBufferSize(properties, WRITE_BUFFER);
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, BATCH);
    RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(
        properties, SizeInBytes.valueOf("1MB"));
    // Above what Flight lets through, so that these never refuse an entry.
    RaftServerConfigKeys.Write.setElementLimit(properties, 4 * Log.MAX_IN_FLIGHT_ENTRIES);
    RaftServerConfigKeys.Write.setByteLimit(
        properties, SizeInBytes.valueOf(4L * Log.MAX_IN_FLIGHT_BYTES));
    RaftServerConfigKeys.Log.setQueueElementLimit(properties, 4 * Log.MAX_IN_FLIGHT_ENTRIES);
    RaftServerConfigKeys.Log.setQueueByteLimit(
        properties, SizeInBytes.valueOf(4L * Log.MAX_IN_FLIGHT_BYTES));
    // Replies are kept for clients that ask again. Ours never do: they are in this process.
    RaftServerConfigKeys.RetryCache.setExpiryTime(
        properties, TimeDuration.valueOf(5, TimeUnit.SECONDS));
    RaftServerConfigKeys.Read.ReadAfterWriteConsistent.setWriteIndexCacheExpiryTime(
        properties, TimeDuration.valueOf(5, TimeUnit.SECONDS));
  }

  private static void alone(RaftProperties properties) {
    properties.set(RaftConfigKeys.Rpc.TYPE_KEY, LoneRpc.class.getName());
    // Nobody else can lead, so there is nothing to wait for before the first election and no reason
    // to give up after standing still.
    first(properties, 1, 2);
    RaftServerConfigKeys.setSleepDeviationThreshold(properties, NEVER);
    RaftServerConfigKeys.setCloseThreshold(properties, NEVER);
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, NEVER);
  }

  private static void group(RaftProperties properties, RaftLogConfig config) {
    RaftLogConfig.Peer address = config.address();
    GrpcConfigKeys.Server.setHost(properties, address.host());
    GrpcConfigKeys.Server.setPort(properties, address.port());
    GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf("4MB"));
    long shortest = config.electionTimeout().toMillis();
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(shortest));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(2 * shortest));
    first(properties, shortest, 2 * shortest);
  }

  private static void first(RaftProperties properties, long shortest, long longest) {
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(shortest));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(longest));
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
