using System.Data.Common;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.OpenTelemetry;
using Marten;
using MLOpsGovernance.Server.ApiKeys;
using MLOpsGovernance.Server.BuyOrBuild;
using MLOpsGovernance.Server.Classification;
using MLOpsGovernance.Server.Compliance;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Lineage;
using MLOpsGovernance.Server.Maturity;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Monitoring;
using MLOpsGovernance.Server.Observations;
using MLOpsGovernance.Server.Recalls;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Server.Tasks;
using MLOpsGovernance.Server.Teams;
using MLOpsGovernance.Server.Waivers;
using Npgsql;
using Weasel.Core;

namespace MLOpsGovernance.Server.Storage;

internal static class MartenSetup
{
    public const string Schema = "governance";

    /// <summary>The event store, its writer and its projections. The writer is registered before the silo, so it stops after the last grain.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, string connection, TaskTerms terms)
    {
        services.AddSingleton(_ => DataSource(connection));
        services.AddSingleton(_ => new WriterConnections(DataSource(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = EventWriter.Pumps, MinPoolSize = 0 }.ConnectionString)));
        services.AddSingleton(TimeProvider.System);
        services.AddMarten(options => Configure(options, terms)).UseNpgsqlDataSource().UseLightweightSessions();

        services.AddSingleton<Grains>();
        services.AddSingleton<KnownContent>();
        services.AddSingleton<SealingKeys>();
        services.AddSingleton<EventWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<EventWriter>());
        services.AddSingleton<StreamStorage>().AddSingleton<RegisterStates>().AddSingleton<RegisterKeeper>().AddSingleton<Registers>().AddSingleton<SettledEvents>().AddSingleton<PastStates>();
        return services;
    }

    internal static NpgsqlDataSource DataSource(string connection) => new NpgsqlDataSourceBuilder(Settings(connection)).Build();

    /// <summary>The connection string with what the server wants of its connections, where whoever installed it has not said otherwise.</summary>
    internal static string Settings(string connection)
    {
        // Npgsql's own builder says of every word it knows that it contains it.
        var said = new DbConnectionStringBuilder { ConnectionString = connection }.Keys.Cast<string>().Select(word => word.Replace(" ", "", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var settings = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "mlgov-server" };
        if (!said.Contains("MaximumPoolSize") && !said.Contains("MaxPoolSize")) settings.MaxPoolSize = 40;
        // A batch of the writer is some hundred kilobytes: fewer, larger sends.
        if (!said.Contains("WriteBufferSize")) settings.WriteBufferSize = 64 * 1024;
        // The writer sends the same few statements by the hundred: prepared once on each connection, PostgreSQL need not plan them each time, nor forget all it knows when the connection is given back.
        if (!said.Contains("MaxAutoPrepare")) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (50, 2);
        return settings.ConnectionString;
    }

    internal static void Configure(StoreOptions options, TaskTerms? terms = null)
    {
        options.DatabaseSchemaName = Schema;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, Json.Dialect);

        var events = options.Events;
        events.StreamIdentity = StreamIdentity.AsString;
        events.UseMandatoryStreamTypeDeclaration = true;
        events.UseExclusiveLockOnConcurrentAppends = true;
        // Decided at birth: adding it later rewrites the tables.
        events.UseArchivedStreamPartitioning = true;
        events.MetadataConfig.HeadersEnabled = events.MetadataConfig.CorrelationIdEnabled = events.MetadataConfig.CausationIdEnabled = true;
        foreach (var (type, name) in EventNames.All) events.MapEventType(type, name);

        // Ours is the leader that runs them; without a word Marten would print that nobody does.
        options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        // The defaults skip what cannot be applied and go on: a silently wrong register.
        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.Projections.Errors.SkipUnknownEvents = false;
        // One pass over the events for all registers: each by itself would read, and parse, every event again.
        options.Projections.CompositeProjectionFor(Registers.Name, registers =>
        {
            // Under load a large page holds several events of each stream, and its row is written once for all of them.
            registers.Options.BatchSize = 4000;
            var (teams, members, datasets, models, deployments, estate, findings, keys, classes, waivers, compliance, recalls, monitoring, incidents, practice, assessments, advice) = (
                new TeamRegister(), new MembershipRegister(), new DatasetRegister(), new ModelRegister(), new DeploymentRegister(), new EstateRegister(), new FindingRegister(), new ApiKeyRegister(), new ClassificationRegister(), new WaiverRegister(), new ComplianceRegister(), new RecallRegister(), new MonitoringRegister(), new IncidentRegister(), new PracticeRegister(), new AssessmentRegister(), new AdviceRegister());
            registers.Add(teams);
            registers.Add(members);
            registers.Add(datasets);
            registers.Add(models);
            registers.Add(deployments);
            registers.Add(estate);
            registers.Add(findings);
            registers.Add(keys);
            registers.Add(classes);
            registers.Add(waivers);
            registers.Add(compliance);
            registers.Add(recalls);
            registers.Add(monitoring);
            registers.Add(incidents);
            registers.Add(practice);
            registers.Add(assessments);
            registers.Add(advice);
            registers.Add(new TaskRegister(terms ?? TaskTerms.Default), tasks =>
            {
                tasks.DeleteViewTypeOnTeardown<TaskStateRow>();
                tasks.DeleteDataInTableOnTeardown(TaskTables.Name);
            });
            registers.Add(new LineageRegister(), lineage =>
            {
                foreach (var table in LineageTables.OfRegister) lineage.DeleteDataInTableOnTeardown(table);
            });
            // Without its own list the pass would read the gate's decisions too, which are most of all events and change no register.
            foreach (var type in new ProjectionBase[] { teams, members, datasets, models, deployments, estate, findings, keys, classes, waivers, compliance, recalls, monitoring, incidents, practice, assessments, advice }.SelectMany(register => register.IncludedEventTypes).Concat(TaskEvents.All).Concat(LineageRegister.Taken).Distinct()) registers.IncludeType(type);
        });
        options.Schema.For<ApiKeyRow>().Index(r => r.Owner);
        options.Schema.For<TaskStateRow>();
        options.Schema.For<MembershipRow>().Index(r => r.Subject);
        options.Schema.For<VersionDigestRow>().Index(r => r.Digest);
        options.Schema.For<DiscrepancyRow>().Index(r => r.Environment);
        options.Schema.For<ClassificationRow>().Index(r => r.Name);
        options.Schema.For<RestingApprovalRow>().GinIndexJsonData();
        options.Schema.For<ComplianceRow>();
        options.Schema.For<RecallRow>();
        options.Schema.For<MonitoringRow>().Index(r => r.Model);
        options.Schema.For<IncidentRow>().Index(r => r.Model).Index(r => r.State);
        options.Schema.For<AdviceRow>();
        options.Schema.For<DeploymentRow>().Index(r => r.Model);
        options.Schema.For<PracticeRow>().Index(r => r.Model);
        options.Schema.For<CheckedDataRow>().Index(r => r.Dataset);
        options.Schema.For<AssessmentRow>().Index(r => r.Team);
        options.Schema.For<WaiverRow>().Index(r => r.Model).Index(r => r.State);
        options.Schema.For<FindingRow>().Index(r => r.Model).Index(r => r.Owner!);

        options.OpenTelemetry.TrackConnections = TrackLevel.Normal;
        options.OpenTelemetry.TrackEventCounters();
    }
}
