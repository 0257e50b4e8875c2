using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MLOpsGovernance.Evidence.Artifacts;

internal enum EntryKind
{
    Missing,
    File,
    Directory,
    SymbolicLink,
    Special,
}

/// <summary>
/// What stood at a path at one moment, links not followed. Two equal stamps of one path mean that nothing was written, replaced or relinked in between
/// (on Linux down to the inode's change time, which no program can set back; elsewhere by length and times).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStamp(EntryKind Kind, ulong Device, ulong Inode, long Size, Int128 Modified, Int128 Changed)
{
    internal static FileStamp Of(string path) => OperatingSystem.IsLinux() ? Statx.Of(path) : OfAttributes(new FileInfo(path));

    /// <summary>The open file itself, whatever its path leads to by now.</summary>
    internal static FileStamp Of(SafeFileHandle handle, FileStamp seen) => OperatingSystem.IsLinux()
        ? Statx.Of(handle)
        : seen with { Size = RandomAccess.GetLength(handle), Modified = File.GetLastWriteTimeUtc(handle).Ticks };

    private static FileStamp OfAttributes(FileInfo entry)
    {
        if (!entry.Exists && !Directory.Exists(entry.FullName) && entry.LinkTarget is null)
            return default;

        var kind = entry switch
        {
            { LinkTarget: not null } => EntryKind.SymbolicLink,
            _ when entry.Attributes.HasFlag(FileAttributes.Directory) => EntryKind.Directory,
            _ when entry.Attributes.HasFlag(FileAttributes.Device) => EntryKind.Special,
            _ => EntryKind.File,
        };
        return new(kind, 0, 0, kind is EntryKind.File ? entry.Length : 0, entry.LastWriteTimeUtc.Ticks, entry.CreationTimeUtc.Ticks);
    }

    /// <summary>
    /// The runtime does not tell a pipe from a file, and opening a pipe waits for a writer for ever: the kernel is asked instead.
    /// statx, unlike stat, has one layout on every architecture (linux/stat.h).
    /// </summary>
    private static class Statx
    {
        private const int CurrentDirectory = -100, NoFollow = 0x100, EmptyPath = 0x1000, NoSuchEntry = 2, NotADirectory = 20;
        private const uint BasicStats = 0x7ff;

        internal static FileStamp Of(string path)
        {
            var buffer = new byte[256];
            if (StatPath(CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), NoFollow, BasicStats, buffer) == 0) return Read(buffer);
            return Marshal.GetLastPInvokeError() is NoSuchEntry or NotADirectory ? default : throw Failed(path);
        }

        internal static FileStamp Of(SafeFileHandle handle)
        {
            var buffer = new byte[256];
            return StatHandle(handle, [0], EmptyPath, BasicStats, buffer) == 0 ? Read(buffer) : throw Failed("an open file");
        }

        private static FileStamp Read(ReadOnlySpan<byte> stat)
        {
            var kind = (BitConverter.ToUInt16(stat[28..]) & 0xF000) switch
            {
                0x8000 => EntryKind.File,
                0x4000 => EntryKind.Directory,
                0xA000 => EntryKind.SymbolicLink,
                _ => EntryKind.Special,
            };
            return new(kind, BitConverter.ToUInt64(stat[136..]), BitConverter.ToUInt64(stat[32..]), BitConverter.ToInt64(stat[40..]), Nanoseconds(stat[112..]), Nanoseconds(stat[96..]));
        }

        private static Int128 Nanoseconds(ReadOnlySpan<byte> time) =>
            ((Int128)BitConverter.ToInt64(time) * 1_000_000_000) + BitConverter.ToUInt32(time[8..]);

        private static IOException Failed(string what)
        {
            var error = new Win32Exception(Marshal.GetLastPInvokeError());
            return new IOException($"The state of '{what}' could not be read: {error.Message}", error);
        }

        [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int StatPath(int directory, byte[] path, int flags, uint mask, [Out] byte[] buffer);

        [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int StatHandle(SafeFileHandle file, byte[] path, int flags, uint mask, [Out] byte[] buffer);
    }
}
