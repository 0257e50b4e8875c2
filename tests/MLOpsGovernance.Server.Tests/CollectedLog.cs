using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MLOpsGovernance.Server.Tests;

/// <summary>What a server logs, from information up.</summary>
internal sealed class CollectedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = [];

    public sealed record Line(string Category, LogLevel Level, string Text, Exception? Exception);

    public IReadOnlyList<Line> Lines => [.. _lines];

    /// <summary>Has a server log here, whatever its settings leave out.</summary>
    public void AddTo(IServiceCollection services) =>
        services.AddSingleton<ILoggerProvider>(this).PostConfigure<LoggerFilterOptions>(options => options.Rules.Add(new(typeof(CollectedLog).FullName, null, LogLevel.Information, null)));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<Line> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new(category, logLevel, formatter(state, exception), exception));
    }
}
