// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    InstanceReplicationStatus {
        InstanceReplicationComplete = "INSTANCE_REPLICATION_COMPLETE",
        InstanceReplicationInProgress = "INSTANCE_REPLICATION_IN_PROGRESS",
        InstanceReplicationFailed = "INSTANCE_REPLICATION_FAILED",
        InstanceReplicaDeleting = "INSTANCE_REPLICA_DELETING",
        InstanceReplicationDeletionFailed = "INSTANCE_REPLICATION_DELETION_FAILED",
        ResourceReplicationNotStarted = "RESOURCE_REPLICATION_NOT_STARTED",
    }
}
