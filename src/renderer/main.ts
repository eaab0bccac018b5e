import './theme/layers.css'
import 'vuetify/styles'
import './theme/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { connect, provideConnection } from './connection/api'
import { makeRouter } from './shell/router'
import { rememberedTheme } from './theme/theme-choice'
import { tokensCss } from './theme/tokens'
import { makeVuetify } from './theme/vuetify'

const tokens = document.createElement('style')
tokens.textContent = tokensCss()
document.head.append(tokens)

const app = createApp(App)
provideConnection(app, connect(window.whynot))
app.use(createPinia()).use(makeVuetify(rememberedTheme())).use(makeRouter())
app.mount('#studio')
