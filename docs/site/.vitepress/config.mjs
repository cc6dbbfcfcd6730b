import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

// the sidebar is the table of contents of README.md: a table for each part, a page in each row
function sidebar() {
  const parts = []
  for (const line of readFileSync(new URL('../../README.md', import.meta.url), 'utf8').split('\n')) {
    const page = line.match(/^\| \[([^\]]+)\]\(([^)]+)\.md\) \|/)
    const part = line.match(/^\| ([^|[]+) \| \|$/)
    if (page) {
      parts.at(-1).items.push({ text: page[1], link: '/' + page[2] })
    } else if (part) {
      parts.push({ text: part[1][0].toUpperCase() + part[1].slice(1), items: [] })
    }
  }
  return parts
}

// anchors as GitHub makes them, so that links work in both places
function slugify(heading) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
}

export default defineConfig({
  title: 'cluster-spring-boot-starter',
  description: 'JVMs of a Spring Boot application become one cluster',
  srcDir: './pages',
  outDir: './dist',
  rewrites: { 'README.md': 'index.md' },
  markdown: { anchor: { slugify } },
  themeConfig: {
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' }
  }
})
