// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    StorageType {
        S3 = "S3",
        KinesisVideoStream = "KINESIS_VIDEO_STREAM",
        KinesisStream = "KINESIS_STREAM",
        KinesisFirehose = "KINESIS_FIREHOSE",
    }
}
