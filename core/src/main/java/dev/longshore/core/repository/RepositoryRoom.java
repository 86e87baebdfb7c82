package dev.longshore.core.repository;

import dev.longshore.core.operation.Operations;
import java.util.function.Supplier;

/** Registers the actions on repositories and images that need no blob's bytes. */
public final class RepositoryRoom {
  private RepositoryRoom() {}

  /**
   * Registers them.
   *
   * @param address host and port of the registry, as clients reach it
   */
  public static void register(Operations operations, Supplier<String> address) {
    RepositoryAnswers answers = new RepositoryAnswers(address);
    operations.command("CreateRepository", new CreateRepository(answers));
    operations.query("DescribeRepositories", new DescribeRepositories(answers));
    operations.command("DeleteRepository", new DeleteRepository(answers));
    operations.query("ListImages", new ListImages());
    operations.query("DescribeImages", new DescribeImages());
    operations.command("BatchDeleteImage", new BatchDeleteImage());
    operations.query("BatchCheckLayerAvailability", new BatchCheckLayerAvailability());
    operations.query("ListImageReferrers", new ListImageReferrers());
    operations.command("PutImageTagMutability", new PutImageTagMutability());
    operations.command("PutImageScanningConfiguration", new PutImageScanningConfiguration());
    operations.query("DescribeRegistry", new DescribeRegistry());
    operations.command("PutReplicationConfiguration", new PutReplicationConfiguration());
    operations.query("DescribeImageReplicationStatus", new DescribeImageReplicationStatus());
    operations.query("GetLifecyclePolicy", new GetLifecyclePolicy());
    operations.command("DeleteLifecyclePolicy", new DeleteLifecyclePolicy());
    operations.query("GetLifecyclePolicyPreview", new GetLifecyclePolicyPreview());
    operations.query("GetRepositoryPolicy", new GetRepositoryPolicy());
    operations.command("DeleteRepositoryPolicy", new DeleteRepositoryPolicy());
    operations.query("DescribeImageScanFindings", new DescribeImageScanFindings());
    operations.query("GetRegistryPolicy", new GetRegistryPolicy());
    operations.command("DeleteRegistryPolicy", new DeleteRegistryPolicy());
    registerScanning(operations);
    registerRules(operations);
    operations.query("UpdateImageStorageClass", new UpdateImageStorageClass());
    operations.query("GetAccountSetting", new GetAccountSetting());
    operations.command("PutAccountSetting", new PutAccountSetting());
    operations.reconciler(new LifecycleReconciler());
    operations.command("TagResource", new TagResource());
    operations.command("UntagResource", new UntagResource());
    operations.query("ListTagsForResource", new ListTagsForResource());
  }

  private static void registerScanning(Operations operations) {
    operations.query("GetRegistryScanningConfiguration", new GetRegistryScanningConfiguration());
    operations.command("PutRegistryScanningConfiguration", new PutRegistryScanningConfiguration());
    operations.query(
        "BatchGetRepositoryScanningConfiguration", new BatchGetRepositoryScanningConfiguration());
  }

  private static void registerRules(Operations operations) {
    operations.command("CreatePullThroughCacheRule", new CreatePullThroughCacheRule());
    operations.command("UpdatePullThroughCacheRule", new UpdatePullThroughCacheRule());
    operations.command("DeletePullThroughCacheRule", new DeletePullThroughCacheRule());
    operations.query("DescribePullThroughCacheRules", new DescribePullThroughCacheRules());
    operations.command("DeleteRepositoryCreationTemplate", new DeleteRepositoryCreationTemplate());
    operations.query(
        "DescribeRepositoryCreationTemplates", new DescribeRepositoryCreationTemplates());
    operations.command("RegisterPullTimeUpdateExclusion", new RegisterPullTimeUpdateExclusion());
    operations.command(
        "DeregisterPullTimeUpdateExclusion", new DeregisterPullTimeUpdateExclusion());
    operations.query("ListPullTimeUpdateExclusions", new ListPullTimeUpdateExclusions());
  }
}
