using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>What clients sent, without secrets, by digest, which may be forgotten after a while; and the graph, which the register keeps from the events alone.</summary>
internal static class LineageTables
{
    public const string
        Bodies = $"{MartenSetup.Schema}.lineage_bodies", Nodes = $"{MartenSetup.Schema}.lineage_nodes", Edges = $"{MartenSetup.Schema}.lineage_edges", Runs = $"{MartenSetup.Schema}.lineage_runs",
        RunData = $"{MartenSetup.Schema}.lineage_run_data", Facets = $"{MartenSetup.Schema}.lineage_facets", Take = $"{MartenSetup.Schema}.take_lineage";

    /// <summary>Those that the register makes.</summary>
    public static IReadOnlyList<string> OfRegister { get; } = [Nodes, Edges, Runs, RunData, Facets];

    private const string Changes = $"{MartenSetup.Schema}.lineage_changes";

    public const string Sql = $$"""
        create table if not exists {{Bodies}} (
            digest text primary key,
            bytes bytea,
            producer text not null,
            warnings jsonb,
            received_at timestamptz not null default now());
        -- Bodies are compressed by the server.
        alter table {{Bodies}} alter column bytes set storage external;
        create index if not exists lineage_bodies_by_age on {{Bodies}} (received_at) where bytes is not null;
        create index if not exists lineage_bodies_with_warnings on {{Bodies}} (received_at) where warnings is not null;

        -- Numbers the steps in which the register changes the graph, so that whoever holds it in memory reads only what is new.
        create sequence if not exists {{Changes}};
        create table if not exists {{Nodes}} (
            key uuid primary key,
            kind smallint not null,
            namespace text not null,
            name text not null,
            change bigint not null);
        create index if not exists lineage_nodes_by_change on {{Nodes}} (change);
        create index if not exists lineage_datasets_by_name on {{Nodes}} (name) where kind = 0 and length(name) <= 128;
        create table if not exists {{Edges}} (
            from_key uuid not null,
            to_key uuid not null,
            kind smallint not null,
            first_seen timestamptz not null,
            ended_at timestamptz,
            current boolean not null,
            change bigint not null,
            primary key (from_key, to_key, kind));
        create index if not exists lineage_edges_by_change on {{Edges}} (change);
        create index if not exists lineage_edges_to on {{Edges}} (to_key, kind);
        create table if not exists {{Runs}} (
            key uuid primary key,
            run text,
            job uuid not null,
            state text,
            first_at timestamptz not null,
            last_at timestamptz not null,
            ended_at timestamptz);
        create index if not exists lineage_runs_of_job on {{Runs}} (job, ended_at, key) where ended_at is not null;
        create table if not exists {{RunData}} (
            run uuid not null,
            dataset uuid not null,
            written boolean not null,
            primary key (run, dataset, written));
        create table if not exists {{Facets}} (
            dataset uuid not null,
            facet text not null,
            event_time timestamptz not null,
            body text not null,
            primary key (dataset, facet));

        -- A procedure, because the batch of a projection takes no answer from what it is made of. Only what is new is written: most runs of a job change nothing in the graph.
        create or replace procedure {{Take}}(taken jsonb) language plpgsql as $lineage$
        declare
            step bigint := nextval('{{Changes}}');
            touched uuid[];
        begin
            insert into {{Nodes}} select n.key, n.kind, n.namespace, n.name, step
                from jsonb_to_recordset(taken -> 'nodes') as n (key uuid, kind smallint, namespace text, name text) on conflict do nothing;

            insert into {{Runs}} as r select t.key, t.run, t.job, t.state, t.first_at, t.last_at, t.ended_at
                from jsonb_to_recordset(taken -> 'runs') as t (key uuid, run text, job uuid, state text, first_at timestamptz, last_at timestamptz, ended_at timestamptz)
                on conflict (key) do update set
                    job = case when excluded.last_at >= r.last_at then excluded.job else r.job end,
                    state = case when excluded.ended_at is null and r.ended_at is not null then r.state
                        when excluded.ended_at is not null and (r.ended_at is null or excluded.ended_at >= r.ended_at) then excluded.state
                        when r.ended_at is not null then r.state when excluded.last_at >= r.last_at then coalesce(excluded.state, r.state) else coalesce(r.state, excluded.state) end,
                    first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at), ended_at = greatest(r.ended_at, excluded.ended_at);

            insert into {{RunData}} select d.run, d.dataset, d.written from jsonb_to_recordset(taken -> 'data') as d (run uuid, dataset uuid, written boolean) on conflict do nothing;

            insert into {{Facets}} as f select t.dataset, t.facet, t.event_time, t.body
                from jsonb_to_recordset(taken -> 'facets') as t (dataset uuid, facet text, event_time timestamptz, body text)
                on conflict (dataset, facet) do update set event_time = excluded.event_time, body = excluded.body where (excluded.event_time, excluded.body collate "C") > (f.event_time, f.body collate "C");

            insert into {{Edges}} as e select t.from_key, t.to_key, t.kind, t.first_seen, null, true, step
                from jsonb_to_recordset(taken -> 'edges') as t (from_key uuid, to_key uuid, kind smallint, first_seen timestamptz)
                on conflict (from_key, to_key, kind) do update set first_seen = least(excluded.first_seen, e.first_seen), ended_at = case e.kind when 2 then null else e.ended_at end, change = step
                    where excluded.first_seen < e.first_seen or (e.kind = 2 and e.ended_at is not null);

            update {{Edges}} e set ended_at = t.at, change = step
                from jsonb_to_recordset(taken -> 'parted') as t (from_key uuid, to_key uuid, at timestamptz) where e.from_key = t.from_key and e.to_key = t.to_key and e.kind = 2 and e.ended_at is null;

            -- A dataset of OpenLineage that has the name of a registered one is that one.
            insert into {{Edges}} select pair.a, pair.b, 2, '-infinity', null, true, step
                from {{Nodes}} registered join {{Nodes}} named on named.name = registered.name and named.kind = 0 and length(named.name) <= 128 and named.namespace <> ''
                cross join lateral (values (registered.key, named.key), (named.key, registered.key)) pair (a, b)
                where registered.kind = 0 and length(registered.name) <= 128 and registered.namespace = ''
                    and registered.name = any (select n.name from {{Nodes}} n where n.change = step and n.kind = 0 and length(n.name) <= 128)
                on conflict do nothing;

            -- A run is a node of its own where a model version names it.
            select array_agg(key) into touched from (
                select t.key from jsonb_to_recordset(taken -> 'runs') as t (key uuid) union select n.key from {{Nodes}} n where n.change = step and n.kind = 2) t;
            insert into {{Edges}} select case when d.written then d.run else d.dataset end, case when d.written then d.dataset else d.run end, d.written::int, r.first_at, null, true, step
                from {{RunData}} d join {{Runs}} r on r.key = d.run join {{Nodes}} n on n.key = d.run where d.run = any (touched)
                on conflict do nothing;
            insert into {{Edges}} select r.job, r.key, 8, r.first_at, null, true, step from {{Runs}} r join {{Nodes}} n on n.key = r.key where r.key = any (touched) on conflict do nothing;

            update {{Edges}} e set ended_at = t.at, change = step
                from jsonb_to_recordset(taken -> 'ends') as t (key uuid, at timestamptz) where e.to_key = t.key and e.kind = 7 and e.ended_at is null;

            with jobs as materialized (
                select j.job, (select r.key from {{Runs}} r where r.job = j.job and r.ended_at is not null order by r.ended_at desc, r.key desc limit 1) as run
                from (select distinct r.job from {{Runs}} r where r.key = any (touched)) j),
            judged as materialized (
                select e.from_key, e.to_key, e.kind, jobs.run is null or exists (select from {{RunData}} d where d.run = jobs.run and d.dataset = e.from_key and not d.written) as now
                from jobs join {{Edges}} e on e.to_key = jobs.job and e.kind = 0
                union all
                select e.from_key, e.to_key, e.kind, jobs.run is null or exists (select from {{RunData}} d where d.run = jobs.run and d.dataset = e.to_key and d.written)
                from jobs join {{Edges}} e on e.from_key = jobs.job and e.kind = 1)
            update {{Edges}} e set current = judged.now, change = step
                from judged where e.from_key = judged.from_key and e.to_key = judged.to_key and e.kind = judged.kind and e.current <> judged.now;
        end $lineage$;
        """;
}
