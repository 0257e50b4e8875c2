using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Compliance;
using MLOpsGovernance.Server.Lineage;
using MLOpsGovernance.Server.Reports;
using MLOpsGovernance.Server.SignIn;
using MLOpsGovernance.Server.Simulations;
using MLOpsGovernance.Server.Tasks;
using MLOpsGovernance.Server.Witnesses;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>What lies beside Marten's tables: the migrations that were run, content by digest, sealing keys, answers by idempotency key (their free text sealed as in the events), and the guard on streams.</summary>
internal static class GovernanceTables
{
    private const long LockKey = 0x4D4C474F5654;

    /// <summary>Idempotent; two nodes that run it at once wait for each other.</summary>
    public static async Task MigrateAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock({LockKey}); {Sql}", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    internal const string Sql = $$"""
        create table if not exists {{MartenSetup.Schema}}.migrations (
            digest text primary key,
            at timestamptz not null default now());

        create table if not exists {{MartenSetup.Schema}}.registers (
            one boolean primary key default true check (one),
            definition text not null,
            checked_to bigint not null default 0,
            paused_since timestamptz,
            paused_at bigint,
            paused_type text,
            paused_why text);

        create table if not exists {{MartenSetup.Schema}}.content (
            digest text primary key,
            bytes bytea not null,
            stored_at timestamptz not null default now());

        create table if not exists {{MartenSetup.Schema}}.sealing_keys (
            key_id text primary key,
            subject text not null unique,
            key bytea not null,
            created_at timestamptz not null default now());
        -- A destroyed key leaves its id, so that what it sealed is known to be erased, and nobody's name.
        alter table {{MartenSetup.Schema}}.sealing_keys alter column subject drop not null, alter column key drop not null, add column if not exists destroyed_at timestamptz;

        create table if not exists {{MartenSetup.Schema}}.answers (
            actor text not null,
            key text not null,
            use_case text not null,
            body text not null,
            answer jsonb not null,
            at timestamptz not null default now(),
            primary key (actor, key));

        -- Every append rewrites its stream's row. With room on the page the new row stays beside the old one and no index grows.
        alter table {{MartenSetup.Schema}}.mt_streams_default set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
        alter table {{MartenSetup.Schema}}.mt_events_default set (autovacuum_analyze_scale_factor = 0.02);
        -- What the gate decided about a version stands in a stream for each decision, so it is found by this alone.
        create index if not exists decisions_by_version on {{MartenSetup.Schema}}.mt_events_default ((data ->> 'model'), ((data ->> 'version')::int), seq_id) where type = 'policy_checked';

        create or replace function {{MartenSetup.Schema}}.hold_stream(stream text, expected bigint) returns void language plpgsql as $guard$
        declare
            found_version bigint;
        begin
            select s.version into found_version from {{MartenSetup.Schema}}.mt_streams s where s.id = stream and not s.is_archived for share;
            if coalesce(found_version, 0) <> expected then
                raise exception '% is at version %, the decision rested on version %', stream, coalesce(found_version, 0), expected using errcode = 'MG001';
            end if;
        end $guard$;

        {{SessionKeys.Sql}}
        {{TaskTables.Sql}}
        {{SimulationTable.Sql}}
        {{EstateTable.Sql}}
        {{LogTables.Sql}}
        {{TrailTables.Sql}}
        {{AccessLog.Sql}}
        {{WitnessTable.Sql}}
        {{StatusListReader.Sql}}
        {{LineageTables.Sql}}
        {{ReportTable.Sql}}

        -- Nearly every event and leaf is long enough to be compressed: PostgreSQL's own way takes 27 microseconds for a decision, this one next to none. A PostgreSQL without it keeps its own way.
        do $lz4$ begin
            alter table {{MartenSetup.Schema}}.mt_events_default alter column data set compression lz4;
            alter table {{LogTables.Leaf}} alter column leaf set compression lz4;
        exception when feature_not_supported then null;
        end $lz4$;
        """;
}
