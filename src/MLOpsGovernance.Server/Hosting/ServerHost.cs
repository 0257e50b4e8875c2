using Marten;
using Microsoft.AspNetCore.Http.Json;
using MLOpsGovernance.Server.ApiKeys;
using MLOpsGovernance.Server.Approvals;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.AuditSamples;
using MLOpsGovernance.Server.BuyOrBuild;
using MLOpsGovernance.Server.Classification;
using MLOpsGovernance.Server.Compliance;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Dossiers;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Erasures;
using MLOpsGovernance.Server.Evidence;
using MLOpsGovernance.Server.EvidencePacks;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Integrations.AuthZen;
using MLOpsGovernance.Server.Integrations.Opa;
using MLOpsGovernance.Server.Lineage;
using MLOpsGovernance.Server.Maturity;
using MLOpsGovernance.Server.ModelCards;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Monitoring;
using MLOpsGovernance.Server.Observations;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Purposes;
using MLOpsGovernance.Server.Readiness;
using MLOpsGovernance.Server.Recalls;
using MLOpsGovernance.Server.Recertification;
using MLOpsGovernance.Server.Reports;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Simulations;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Tasks;
using MLOpsGovernance.Server.Teams;
using MLOpsGovernance.Server.Ui;
using MLOpsGovernance.Server.Validations;
using MLOpsGovernance.Server.Waivers;
using Npgsql;
using Scalar.AspNetCore;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>The server as one object, so that the program, the tests and the benchmarks start the same thing.</summary>
internal static class ServerHost
{
    /// <param name="replace">Puts something in place of a part of the outer world, such as the clock.</param>
    /// <summary>Builds the server on a database that is there. It is ready to run once <see cref="PrepareAsync"/> has brought that database up to date.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, string connection, DataFolder data, Action<IServiceCollection>? replace = null, bool serves = true)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = JsonBody.MostBytes);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<JsonOptions>(json => Json.Strict(json.SerializerOptions));
        // Refused appends are ordinary here; what matters of them is logged where it is known.
        builder.Logging.AddFilter("Marten.IDocumentStore", LogLevel.None);
        // The keys of the cookies lie in the database, as the sealing keys do: whoever can read it needs no cookie. That is no news at each start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);

        builder.Services.AddSingleton(new DatabaseAddress(connection));
        var tasks = TaskSettings.Of(builder.Configuration);
        builder.Services.AddStorage(connection, tasks.Terms);
        builder.AddIdentity(required: serves);
        builder.AddCluster(connection);
        builder.Services.AddSingleton<Leadership>().AddHostedService<ProjectionLeader>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ComplianceSchedule>());
        builder.AddTransparencyLog(data, serves);
        builder.AddPolicies();
        builder.AddTelemetry();
        builder.Services.AddSingleton<SimulationTable>().AddSingleton<DecisionArchive>().AddSingleton<SimulationRunner>().AddHostedService(services => services.GetRequiredService<SimulationRunner>());
        builder.Services.AddSingleton(LineageSettings.Of(builder.Configuration)).AddSingleton<LineageRetention>().AddHostedService(services => services.GetRequiredService<LineageRetention>())
            .AddSingleton<LineageAtlas>().AddSingleton<LineageRuns>().AddSingleton<ImpactReader>().AddSingleton<LineageIntake>().AddHostedService(services => services.GetRequiredService<LineageIntake>());
        builder.AddReports();
        builder.Services.AddHealth();
        builder.Services.AddRequests();
        builder.Services.AddApiDescription();
        builder.AddCheckLimit();
        builder.AddPages();
        builder.Services.AddSingleton(new ApiKeySecrets(data.ApiKeySecret(builder.Configuration["ApiKeys:Secret"])));
        builder.Services.AddSingleton<FactCollector>().AddSingleton<FrozenFacts>().AddSingleton<Decisions>().AddSingleton<Judge>().AddSingleton<FactOrigins>().AddSingleton<MissingSteps>().AddSingleton<RuleExplanations>().AddSingleton<DecisionViews>().AddSingleton<Supersessions>()
            .AddSingleton<OvertakingFinder>().AddSingleton<AnotherJudgement>().AddSingleton<OvertakingHistory>().AddSingleton<StreamNames>().AddSingleton<SampledEvents>().AddSingleton(ErasureSettings.Of(builder.Configuration)).AddSingleton<TextsAbout>().AddSingleton<EventIds>().AddSingleton<People>().AddSingleton<Birth>()
            .AddSingleton<ContentStore>().AddSingleton<TeamHistories>().AddSingleton(AdviceSettings.Of(builder.Configuration)).AddSingleton<AdviceDesk>().AddSingleton<AdviceArchive>().AddSingleton<AssessmentResults>().AddTransient<AssessmentReader>()
            .AddScoped<TeamMembership>().AddScoped<CheckedAssertions>().AddScoped<AuthZenQuestions>().AddScoped<ModelCommands>().AddScoped<ModelViews>().AddSingleton<PastModels>()
            .AddSingleton(tasks).AddSingleton(tasks.Terms.Revalidation).AddSingleton(tasks.Terms.Recertification).AddSingleton<SubjectViews>().AddScoped<ConditionDemands>().AddSingleton<ValidationViews>()
            .AddSingleton<Estate>().AddSingleton<ObservationFreshness>().AddSingleton<EnvironmentViews>().AddSingleton<DatasetViews>().AddSingleton<WaivableRules>().AddSingleton<WaiverViews>()
            .AddSingleton(ComplianceSettings.Of(builder.Configuration)).AddSingleton<ComplianceJudge>().AddSingleton<ComplianceRunner>().AddSingleton<ComplianceFinder>().AddSingleton<KnownFailures>().AddSingleton<EstateTable>().AddSingleton<ComplianceRuns>().AddSingleton<ComplianceSchedule>();

        replace?.Invoke(builder.Services);
        var app = builder.Build();
        // A mapping that cannot be meant is found now, not when somebody signs in.
        app.Services.GetRequiredService<RoleClaims>();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseAuthentication();
        app.UseCallerIdentity();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapOpenApi().AllowAnonymous();
        // Everything the page needs comes from here: it works without the internet, and tells nobody who reads it.
        app.MapScalarApiReference("/docs", options => options.WithTitle("MLOpsGovernance API").WithFavicon("data:,").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideModels()).AllowAnonymous();
        MapApi(app.MapGroup("/api/v1"));
        app.MapOpa();
        app.MapAuthZen();
        app.MapTransparencyLog();
        app.MapPages();
        return app;
    }

    /// <summary>Outside Development the schema is brought up to date by a step of its own; without it the server would fail at its first request.</summary>
    /// <exception cref="StartupException">This version's migration has not been run on this database.</exception>
    public static async Task EnsureMigratedAsync(WebApplication app)
    {
        if (await StoreSchema.FaultAsync(app.Services.GetRequiredService<IDocumentStore>(), app.Services.GetRequiredService<NpgsqlDataSource>(), CancellationToken.None) is { } fault)
            throw new StartupException(fault);
    }

    /// <summary>Brings the schema up to date and writes what a new installation begins with. Idempotent.</summary>
    public static async Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var birth = app.Services.GetRequiredService<Birth>();
        birth.ReadAhead();
        await StoreSchema.MigrateAsync(app.Services.GetRequiredService<IDocumentStore>(), app.Services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
        await birth.RunAsync(
            app.Configuration["Identity:FirstAdministrator"], app.Environment.IsDevelopment(), cancellationToken);
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapTeams();
        api.MapDatasets();
        api.MapModels();
        api.MapApprovals();
        api.MapFindings();
        api.MapReports();
        api.MapEvidence();
        api.MapValidations();
        api.MapDossiers();
        api.MapEvidencePacks();
        api.MapPolicyChecks();
        api.MapReadiness();
        api.MapPolicies();
        api.MapWaivers();
        api.MapCompliance();
        api.MapSimulations();
        api.MapPurposes();
        api.MapClassification();
        api.MapDeployments();
        api.MapEnvironments();
        api.MapObservations();
        api.MapSubjects();
        api.MapLegalHolds();
        api.MapErasures();
        api.MapRecertification();
        api.MapTasks();
        api.MapApiKeys();
        api.MapAudit();
        api.MapLogQueries();
        api.MapAuditSamples();
        api.MapLineage();
        api.MapMonitoring();
        api.MapMaturity();
        api.MapBuyOrBuild();
        api.MapRecalls();
        api.MapModelCards();
    }
}
