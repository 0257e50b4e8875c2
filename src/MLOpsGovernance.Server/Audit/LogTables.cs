using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Audit;

/// <summary>
/// Where the log lies: how far it has come, its leaves word for word, the widest form of each tile, and each checkpoint with its signatures. A checkpoint stands here before it is signed,
/// in the transaction that made its tree, so no other can ever be signed for the same size.
/// </summary>
internal static class LogTables
{
    internal const string
        Log = $"{MartenSetup.Schema}.log",
        Leaf = $"{MartenSetup.Schema}.log_leaf",
        Tile = $"{MartenSetup.Schema}.log_tile",
        Signed = $"{MartenSetup.Schema}.log_checkpoint",
        Check = $"{MartenSetup.Schema}.log_check";

    internal const string Sql = $"""
        create table if not exists {Log} (
            one boolean primary key default true check (one),
            size bigint not null,
            root bytea not null,
            frontier bytea[] not null,
            last_seq bigint not null);

        create table if not exists {Leaf} (
            idx bigint primary key,
            seq bigint not null unique,
            event_id uuid not null unique,
            hash bytea not null,
            leaf bytea not null);

        create table if not exists {Tile} (
            level smallint not null,
            n bigint not null,
            data bytea not null,
            primary key (level, n));

        create table if not exists {Signed} (
            size bigint primary key,
            root bytea not null,
            note text,
            signed_at timestamptz);

        create table if not exists {Check} (
            one boolean primary key default true check (one),
            result jsonb not null);
        """;
}
